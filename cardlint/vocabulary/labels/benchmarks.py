"""Benchmarks that results tables name without a metric: their number is a score.

Refresh: read the tables of the latest flagship cards, and the benchmarks with a leaderboard on the Hub.
"""

from __future__ import annotations

SOURCE = "benchmark names of the Hub's leaderboards and of the cards of large publishers, 2023 to 2026"
DATE = "2026-11-29"

FULL_NAMES = {
    "aime24": "AIME 2024",
    "aime25": "AIME 2025",
    "arc-c": "ARC Challenge",
    "arc-e": "ARC Easy",
    "bbh": "BIG-Bench Hard",
    "gpqa": "Graduate-Level Google-Proof Q&A",
    "gsm8k": "Grade School Math 8K",
    "hle": "Humanity's Last Exam",
    "ifeval": "Instruction Following Evaluation",
    "lcb": "LiveCodeBench",
    "math500": "MATH-500",
    "mmlu": "Massive Multitask Language Understanding",
    "nq": "Natural Questions",
    "triviaqa": "Trivia QA",
    "winogrande": "Wino Grande",
}
"""Names of benchmarks written out, by the short name in lower case."""

BENCHMARKS = (
    "AA-LCR", "ACEBench", "AGIEval", "AI2D", "AIME", "AMC", "ANLI", "APPS", "ARC", "ARC-AGI", "ARC-C", "ARC-E",
    "ARC-Challenge", "ARC-Easy", "Aider", "Aider-Polyglot", "AlpacaEval", "Arena-Hard", "AutoLogi", "BBH", "BFCL",
    "BIG-Bench", "BigBench", "BigCodeBench", "BoolQ", "BrowseComp", "C-Eval", "C-SimpleQA", "CEval", "CMMLU", "CNMO",
    "COPA", "CRUXEval", "ChartQA", "Codeforces", "CommonsenseQA", "CoQA", "Creative Writing", "CSQA", "DROP",
    "DS-1000", "DocVQA", "DynaMath", "EvalPlus", "FRAMES", "FinSearchComp", "FLORES", "GAIA", "GLUE", "GPQA",
    "GPQA-Diamond", "GSM8K", "GSM-Plus", "Global MMLU", "HLE", "HMMT", "HallusionBench", "HealthBench", "HellaSwag",
    "HumanEval", "HumanEval+", "HumanEval-Mul", "HumanEval-XL", "Humanity's Last Exam", "IFBench", "IFEval",
    "INCLUDE", "InfoVQA", "KMMLU", "LAMBADA", "LCB", "LiveBench", "LiveCodeBench", "LogiQA", "LongBench", "MATH",
    "MATH-500", "MATH-Vision", "MBPP", "MBPP+", "MGSM", "MMLU", "MMLU-Pro", "MMLU-Redux", "MMLU-ProX", "MMMLU",
    "MMMU", "MMMU-Pro", "MMStar", "MMVet", "MMBench", "MT-Bench", "MUSR", "MathVista", "MultiPL-E", "MultiChallenge",
    "Multi-IF", "NaturalQuestions", "NQ", "OCRBench", "OJBench", "OlympiadBench", "OpenBookQA", "OSWorld", "PIQA",
    "PolyMATH", "QuALITY", "RACE", "RULER", "RealWorldQA", "SIQA", "SQuAD", "SWE-bench", "SWE-bench Verified",
    "SWE-bench Multilingual", "SciCode", "SimpleQA", "Spider", "SuperGLUE", "SuperGPQA", "TAU-bench", "TAU1-Bench",
    "TAU2-Bench", "Tau2-bench", "Terminal-Bench", "TextVQA", "TheoremQA", "Toxigen", "TriviaQA", "TruthfulQA",
    "TydiQA", "VideoMME", "WebArena", "WildBench", "WinoGrande", "WritingBench", "XSum", "XCOPA", "ZebraLogic",
    "ZeroSCROLLS", "tau-bench", "\u03c4\u00b2-Bench", "\u03c4-Bench",
)  # fmt: skip

AMBIGUOUS = frozenset((
    "AMC", "APPS", "ARC", "COPA", "DROP", "FRAMES", "GAIA", "GLUE", "INCLUDE", "MATH", "QuALITY", "RACE", "RULER",
    "Spider",
))  # fmt: skip
"""Benchmarks whose names are also words: they are named only in exactly these letters."""
