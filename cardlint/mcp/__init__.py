"""The tools that programs call over the Model Context Protocol."""
