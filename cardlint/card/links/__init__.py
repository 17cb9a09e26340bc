"""Links and images of the body: addresses, targets and anchors."""
