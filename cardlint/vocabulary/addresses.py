"""Hosts, the endings of hosts and of files, and words that people write in place of an address.

Refresh: list the targets of links in newer cards that have neither a scheme nor a file beside the card.
"""

from __future__ import annotations

__all__ = ["COUNTRIES", "COUNTRY_PARTS", "ENDINGS", "FILE_NAMES", "OWN_PAGES", "SECURE_HOSTS", "UNWRITTEN"]

SOURCE = "targets of links in 10,000 real cards; the hosts were known to answer to `https`"
DATE = "2026-11-29"

SECURE_HOSTS = frozenset(
    (
        *("huggingface.co", "hf.co", "github.com", "gitlab.com", "arxiv.org", "doi.org", "aclanthology.org"),
        *("openreview.net", "paperswithcode.com", "kaggle.com", "zenodo.org", "colab.research.google.com"),
        *("wandb.ai", "civitai.com", "modelscope.cn", "creativecommons.org", "wikipedia.org", "en.wikipedia.org"),
        *("discord.gg", "discord.com", "twitter.com", "x.com", "linkedin.com", "youtube.com", "medium.com", "t.me"),
        *("patreon.com", "ko-fi.com", "buymeacoffee.com", "instagram.com", "facebook.com", "reddit.com"),
    )
)
"""Hosts that serve all pages by `https`, with `www.` in front or without."""

ENDINGS = frozenset(("com", "org", "net", "edu", "gov", "ai", "io", "co", "eu"))
"""Last parts of hosts that are not also endings of files or codes of languages, as `pt`, `py`, `md` and `de` are."""

FILE_NAMES = frozenset(("readme", "notes", "todo", "changelog", "contributing", "install", "license", "index"))
"""Names of files that look like hosts with the ending of Emacs' Org mode: `README.org`."""

COUNTRIES = frozenset(
    (
        *(
            "ar",
            "at",
            "au",
            "be",
            "br",
            "ca",
            "ch",
            "cl",
            "cn",
            "cz",
            "de",
            "dk",
            "es",
            "fi",
            "fr",
            "gg",
            "gr",
            "hk",
            "hu",
        ),
        *(
            "ie",
            "il",
            "in",
            "ir",
            "it",
            "jp",
            "kr",
            "lu",
            "me",
            "mx",
            "nl",
            "no",
            "nz",
            "pk",
            "ro",
            "ru",
            "se",
            "sg",
            "sk",
        ),
        *("th", "to", "tr", "tv", "tw", "ua", "uk", "us", "vn", "za"),
    )
)
"""Codes of countries that end no files with a path after them; without a path they may be codes of languages."""

COUNTRY_PARTS = frozenset(("ac", "co", "com", "edu", "gov", "go", "net", "or", "org"))
"""Parts of a host before the code of a country: `ox.ac.uk`."""

UNWRITTEN = frozenset(
    (
        *("url", "link", "address", "blank", "here", "none", "null", "insert link"),
        *("insert link here", "insert url", "add link", "add link here", "link here", "your link", "your link here"),
        *("your url", "your url here", "paper link", "link to paper", "github link", "comming soon"),
    )
)
"""Words in place of a link's target that say that it is still to be written, in lower case with blanks."""

OWN_PAGES = frozenset(
    (
        *("paper", "papers", "arxiv", "preprint", "pre-print", "anthology", "report", "publication", "code", "github"),
        *("repository", "repo", "demo", "colab", "notebook", "blog", "website", "homepage", "dataset", "datasets"),
        *(
            "model",
            "weights",
            "checkpoint",
            "download",
            "discord",
            "twitter",
            "linkedin",
            "video",
            "slides",
            "leaderboard",
        ),
    )
)
"""Words of a link that lead a reader to expect another page, not the top of this one."""
