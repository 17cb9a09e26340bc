"""Shapes of the secrets of well-known providers, and words of examples that are not secrets.

Refresh: compare with GitHub's list of supported secret scanning patterns. Shapes that other text has too (the 40
hexadecimal digits of Weights & Biases, a bare UUID) are left out on purpose.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

__all__ = ["DUMMY_WORDS", "SHAPES", "Shape"]

SOURCE = "the providers' documentation, and the shapes that gitleaks' default configuration describes"
DATE = "2026-11-29"


class Shape(Struct, frozen=True):
    """A kind of secret: one of the strings in `marks`, and `body` after it.

    `what` is its name with an article, `revoke` the place to revoke it. `mixed` is true if real ones have both upper
    and lower case letters. Text before the mark that matches `public` shows that it is public.
    """

    what: str
    marks: tuple[str, ...]
    body: str
    revoke: str
    mixed: bool = True
    public: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The mark and body without letters and digits around them; compiled on first use.

        Underscores may be around them, as in `__hf_...__` and `token_hf_...`, but a longer name does not follow.
        """
        return _pattern(self.marks, self.body)


@cache
def _pattern(marks: tuple[str, ...], body: str) -> re.Pattern[str]:
    either = "|".join(map(re.escape, marks))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?P<body>{body})(?!_{{0,3}}[A-Za-z0-9])")


_HUB = "https://huggingface.co/settings/tokens"
_OPENAI = "https://platform.openai.com/api-keys"
_GITHUB = "https://github.com/settings/tokens"
_SLACK = "https://api.slack.com/apps"

SHAPES = (
    Shape("a Hugging Face access token", ("hf_",), r"[A-Za-z0-9]{34}", _HUB),
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
        # a signed address has the id of the key that signed it, by design, and never its secret part
        public=r"(?i:[?&;](?:x-amz-credential|awsaccesskeyid)=)$",
    ),
    Shape("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"[A-Za-z0-9]{36}", _GITHUB),
    Shape("a GitHub token", ("github_pat_",), r"[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", _GITHUB),
    Shape(
        "a GitLab token", ("glpat-",), r"[A-Za-z0-9_-]{20}", "https://gitlab.com/-/user_settings/personal_access_tokens"
    ),
    Shape(
        "a GitLab token",
        ("glpat-",),
        r"[A-Za-z0-9_-]{27,300}\.(?:[0-9a-z]{2}\.)?[0-9a-z]{9}",
        "https://gitlab.com/-/user_settings/personal_access_tokens",
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
    Shape("a Slack token", ("xapp-",), r"\d-[A-Z0-9]{8,14}-\d{8,16}-[0-9a-f]{32,100}", _SLACK, mixed=False),
    Shape(
        "a Stripe key",
        ("sk_live_", "rk_live_", "sk_test_", "rk_test_"),
        r"[A-Za-z0-9]{24,99}",
        "https://dashboard.stripe.com/apikeys",
    ),
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
    Shape("an Amazon Bedrock key", ("ABSK",), r"[A-Za-z0-9+/]{109,269}={0,2}", "https://console.aws.amazon.com/iam"),
    Shape("a HashiCorp Vault token", ("hvs.",), r"[A-Za-z0-9_-]{24,300}", "with `vault token revoke`"),
    Shape("a HashiCorp Vault token", ("hvb.",), r"[A-Za-z0-9_-]{100,400}", "with `vault token revoke`"),
    Shape("a Notion token", ("ntn_",), r"[0-9]{11}[A-Za-z0-9]{35}", "https://www.notion.so/profile/integrations"),
    Shape("a Postman key", ("PMAK-",), r"[0-9a-f]{24}-[0-9a-f]{34}", "in the account settings of Postman", mixed=False),
    Shape("a Linear key", ("lin_api_",), r"[A-Za-z0-9]{40}", "https://linear.app/settings/account/security"),
    Shape(
        "a LangSmith key",
        ("lsv2_pt_", "lsv2_sk_"),
        r"[0-9a-f]{32}_[0-9a-f]{10}",
        "https://smith.langchain.com/settings",
        mixed=False,
    ),
    Shape(
        "an age key",
        ("AGE-SECRET-KEY-1",),
        r"[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
        "by encrypting the files for a new key",
        mixed=False,
    ),
    Shape(
        "a JSON Web Token",
        ("eyJ",),
        r"[A-Za-z0-9_-]{14,2000}+\.eyJ[A-Za-z0-9_-]{14,4000}+\.[A-Za-z0-9_-]{20,1000}",
        "where it was issued",
        # the Hub's signature of a verified result, and the address of an image
        public=r"(?:verifyToken[\"']?[ \t]*:[ \t]*[\"']?|://\S{0,300})$",
    ),
    Shape(
        "a private key",
        ("-----BEGIN ",),
        r"(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s\\A-Za-z0-9+/=:,.]|-(?!-)){100,16000}"
        r"-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----",
        "on every server that trusts it",
    ),
)

DUMMY_WORDS = (
    r"(?i)example|your|token|dummy|fake|placeholder|sample|redacted|insert|replace|change|secret|hidden|private_?here|"
    r"eyJzdWIiOiIxMjM0|xxx|\*\*\*|\.\.\.|test_?key|api_?key|foobar|lorem|deadbeef"
)
"""Words in strings that only show the shape of a secret."""
