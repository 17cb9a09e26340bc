"""Shapes of the secrets of well-known providers, and words of examples that are not secrets.

Refresh: compare with GitHub's list of supported secret scanning patterns. Shapes that other text has too (the 40
hexadecimal digits of Weights & Biases, a bare UUID) are left out on purpose.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

__all__ = ["DUMMY_WORDS", "SHAPES", "SIGNS", "Shape"]

SOURCE = "the providers' documentation, and the shapes that gitleaks' default configuration describes"
DATE = "2026-08-24"


class Shape(Struct, frozen=True):
    """A kind of secret: one of the strings in `marks`, and `body` after it.

    `what` is its name with an article, `revoke` the place to revoke it. `mixed` is true if real ones have both upper
    and lower case letters.
    """

    what: str
    marks: tuple[str, ...]
    body: str
    revoke: str
    mixed: bool = True

    @property
    def pattern(self) -> re.Pattern[str]:
        """The mark and body without such characters around them; compiled on first use."""
        return _pattern(self.marks, self.body)


@cache
def _pattern(marks: tuple[str, ...], body: str) -> re.Pattern[str]:
    either = "|".join(map(re.escape, marks))
    # one or two underlines around it are emphasis, unless they join it to a word
    before = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]_)(?<![A-Za-z0-9]__)"
    return re.compile(rf"{before}(?:{either})(?P<body>{body})(?!_{{0,2}}[A-Za-z0-9])")


_HUB = "https://huggingface.co/settings/tokens"
_OPENAI = "https://platform.openai.com/api-keys"
_GITHUB = "https://github.com/settings/tokens"
_SLACK = "https://api.slack.com/apps"

SHAPES = (
    Shape("a Hugging Face access token", ("hf_", r"hf\_"), r"[A-Za-z0-9]{34}", _HUB),
    Shape("a Hugging Face organization token", ("api_org_",), r"[A-Za-z0-9]{34}", _HUB),
    Shape("an old Hugging Face token", ("api_",), r"[A-Za-z0-9]{34}", _HUB),
    Shape("an OpenAI key", ("sk-",), r"[A-Za-z0-9]{48}", _OPENAI),
    Shape(
        "an OpenAI key",
        ("sk-proj-", "sk-svcacct-", "sk-admin-"),
        # the text in the middle is "OpenAI" in base64
        r"[A-Za-z0-9_-]{20,80}T3BlbkFJ[A-Za-z0-9_-]{20,80}",
        _OPENAI,
    ),
    Shape("an Anthropic key", ("sk-ant-",), r"[a-z]{3,8}\d\d-[A-Za-z0-9_-]{80,110}", "https://console.anthropic.com"),
    Shape("an OpenRouter key", ("sk-or-v1-",), r"[0-9a-f]{64}", "https://openrouter.ai/settings/keys", mixed=False),
    Shape("a Groq key", ("gsk_",), r"[A-Za-z0-9]{52}", "https://console.groq.com/keys"),
    Shape("an xAI key", ("xai-",), r"[A-Za-z0-9]{80}", "https://console.x.ai"),
    Shape("a Perplexity key", ("pplx-",), r"[A-Za-z0-9]{48}", "https://www.perplexity.ai/settings/api"),
    Shape("a Replicate token", ("r8_",), r"[A-Za-z0-9]{37}", "https://replicate.com/account/api-tokens"),
    Shape("an NVIDIA key", ("nvapi-",), r"[A-Za-z0-9_-]{64}", "https://build.nvidia.com/settings/api-keys"),
    Shape(
        "an AWS access key",
        ("AKIA", "ASIA"),
        r"[A-Z2-7]{16}",
        "https://console.aws.amazon.com/iam",
        mixed=False,
    ),
    Shape("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"[A-Za-z0-9]{36}", _GITHUB),
    Shape("a GitHub token", ("github_pat_",), r"[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", _GITHUB),
    Shape(
        "a GitLab token", ("glpat-",), r"[A-Za-z0-9_-]{20}", "https://gitlab.com/-/user_settings/personal_access_tokens"
    ),
    Shape("a Google API key", ("AIza",), r"[A-Za-z0-9_-]{35}", "https://console.cloud.google.com/apis/credentials"),
    Shape(
        "a Google client secret",
        ("GOCSPX-",),
        r"[A-Za-z0-9_-]{28}",
        "https://console.cloud.google.com/apis/credentials",
    ),
    Shape(
        "a Slack token",
        ("xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"),
        r"(?:\d{6,16}-){1,3}[A-Za-z0-9]{16,64}",
        _SLACK,
        mixed=False,
    ),
    Shape(
        "a Slack webhook",
        ("hooks.slack.com/services/",),
        r"T[A-Z0-9]{7,12}/B[A-Z0-9]{7,12}/[A-Za-z0-9]{20,26}",
        _SLACK,
    ),
    Shape("a Stripe key", ("sk_live_", "rk_live_"), r"[A-Za-z0-9]{24,99}", "https://dashboard.stripe.com/apikeys"),
    Shape(
        "a SendGrid key",
        ("SG.",),
        r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
        "https://app.sendgrid.com/settings/api_keys",
    ),
    Shape("an npm token", ("npm_",), r"[A-Za-z0-9]{36}", "in the account settings of npm"),
    # the text after the dash is the name of the index in base64
    Shape("a PyPI token", ("pypi-AgEIcHlwaS5vcmc",), r"[A-Za-z0-9_-]{50,200}", "in the account settings of PyPI"),
    Shape("a Databricks token", ("dapi",), r"[0-9a-f]{32}(?:-\d)?", "in the settings of your workspace", mixed=False),
    Shape(
        "a DigitalOcean token",
        ("dop_v1_", "doo_v1_", "dor_v1_"),
        r"[0-9a-f]{64}",
        "https://cloud.digitalocean.com/account/api/tokens",
        mixed=False,
    ),
    Shape(
        "a private key",
        ("-----BEGIN ",),
        r"(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s\\A-Za-z0-9+/=:,.]|-(?!-)){100,16000}"
        r"-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----",
        "on every server that trusts it",
    ),
)

SIGNS = (
    *("hf_", r"hf\_", "api_", "sk-", "gsk_", "xai-", "pplx-", "r8_", "nvapi-", "AKIA", "ASIA", "ghp_", "gho_", "ghu_"),
    *("ghs_", "ghr_", "b_pat_", "glpat-", "AIza", "GOCSPX-", "xox", "hooks.s", "k_live_", "SG.", "npm_", "pypi-A"),
    *("dapi", "_v1_", "--BEGIN "),
)
"""Short texts of which every mark contains one; every card is searched for all of them."""

DUMMY_WORDS = (
    r"(?i)example|your|token|dummy|fake|placeholder|sample|redacted|insert|replace|change|secret|hidden|private_?here|"
    r"xxx|\*\*\*|\.\.\.|test_?key|api_?key|foobar|lorem|deadbeef"
)
"""Words in strings that only show the shape of a secret."""
