"""Names in the place of a dataset's name that are not datasets.

Refresh: list the folders of `datasets/packaged_modules`.
"""

from __future__ import annotations

__all__ = ["BUILDERS", "DESCRIPTIONS"]

SOURCE = "`packaged_modules` of the library datasets 5.2, and names of folders in 10,000 real cards"
DATE = "2026-11-29"

BUILDERS = frozenset(
    (
        *("arrow", "audiofolder", "csv", "data", "generator", "image_folder", "imagefolder", "json", "pandas"),
        *("parquet", "pdffolder", "text", "videofolder", "webdataset"),
    )
)
"""Loaders of the datasets library for local files, which the Trainer writes as the name of the dataset."""

DESCRIPTIONS = frozenset(
    (
        *(
            "custom",
            "custom_dataset",
            "custom-dataset",
            "generated",
            "in-house",
            "internal",
            "mixed",
            "multiple",
            "own",
        ),
        *("private", "proprietary", "scraped", "self-collected", "self-made", "synthetic", "synthetic_data"),
        *("synthetic-data", "various"),
    )
)
"""Words that say of which kind a dataset is, in lower case."""
