"""Lineage sentences in the languages whose section titles are known; `{}` is the base model.

A sentence is an optional subject, then one of the phrases. In the languages that put the object first, the phrase
begins with it or with a preposition.

Refresh: read the first paragraphs of new cards in these languages that link to a model.
"""

from __future__ import annotations

__all__ = ["LANGUAGES", "NEGATIONS", "NOT_MODELS", "Sentences"]

from msgspec import Struct

SOURCE = "public model cards in these languages; the common words for fine-tuning, quantizing and distilling in them"
DATE = "2026-11-29"


class Sentences(Struct, frozen=True):
    """The subjects of a language, its phrases by relation, and the words that may be right before the base model.

    In a phrase, `~` is up to six words of any kind.
    """

    subjects: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]
    before_name: tuple[str, ...]


LANGUAGES: dict[str, Sentences] = {
    "de": Sentences(
        ("dieses modell", "das modell", "es", "dies", "hierbei handelt es sich um", "unser modell"),
        {
            "finetune": (
                "ist ~ eine feinabgestimmte version von {}", "handelt sich um eine feinabgestimmte version von {}",
                "ist ~ eine feinjustierte version von {}", "ist ~ eine fine-tuned version von {}",
                "ist ~ eine finegetunte version von {}", "ist ~ eine nachtrainierte version von {}",
                "wurde ~ auf basis von {} feinabgestimmt", "wurde ~ auf basis von {} trainiert",
                "wurde ~ von {} feinabgestimmt", "ist ~ ein finetune von {}", "ist ~ ein fine-tuning von {}",
            ),
            "quantized": ("ist ~ eine quantisierte version von {}",),
            "distilled": ("ist ~ eine destillierte version von {}",),
            "adapter": ("ist ~ ein lora-adapter für {}", "ist ~ ein adapter für {}"),
            "derived": (
                "basiert ~ auf {}", "basierend auf {}", "wurde ~ auf grundlage von {} trainiert", "baut ~ auf {} auf",
            ),
        },
        ("von", "auf dem modell", "auf dem", "vom", "des modells", "von dem", "vom modell", "auf", "des"),
    ),
    "fr": Sentences(
        ("ce modèle", "le modèle", "il", "notre modèle", "il s'agit", "ceci"),
        {
            "finetune": (
                "est une version affinée de {}", "est une version fine-tunée de {}",
                "est une version finetunée de {}", "est une version ajustée de {}",
                "est une version fine-tuned de {}", "est un fine-tuning de {}", "d'une version affinée de {}",
                "d'une version fine-tunée de {}", "a été affiné à partir de {}", "a été fine-tuné à partir de {}",
                "a été finetuné à partir de {}", "a été entraîné à partir de {}", "a été ajusté à partir de {}",
                "est un finetune de {}", "est un modèle ~ finetuné à partir de {}",
            ),
            "quantized": ("est une version quantifiée de {}", "est une version quantisée de {}"),
            "distilled": ("est une version distillée de {}",),
            "adapter": ("est un adaptateur lora pour {}", "est un adaptateur pour {}"),
            "derived": (
                "est basé sur {}", "basé sur {}", "modèle basé sur {}", "est ~ basé sur {}", "repose sur {}",
                "est dérivé de {}",
            ),
        },
        ("de", "du", "du modèle", "de la", "des", "du modele", "sur", "sur le modèle", "de l'", "le modèle"),
    ),
    "es": Sentences(
        ("este modelo", "el modelo", "se trata", "nuestro modelo", "esta es", "este es", "esta", "este"),
        {
            "finetune": (
                "es una versión ajustada de {}", "es una versión afinada de {}", "es una versión fine-tuned de {}",
                "es una versión fine-tuneada de {}", "es un fine-tuning de {}", "es un ajuste fino de {}",
                "fue ajustado a partir de {}", "fue entrenado a partir de {}", "ha sido entrenado a partir de {}",
                "ha sido ajustado a partir de {}", "una versión ajustada de {}", "una versión afinada de {}",
                "de una versión ajustada de {}", "es un fine-tune de {}", "es un ~ ajustado a partir de {}",
            ),
            "quantized": ("es una versión cuantizada de {}", "es una versión cuantificada de {}"),
            "distilled": ("es una versión destilada de {}",),
            "adapter": ("es un adaptador lora para {}", "es un adaptador para {}"),
            "derived": (
                "está basado en {}", "basado en {}", "modelo basado en {}", "se basa en {}", "es ~ basado en {}",
                "está ~ basado en {}",
            ),
        },
        ("de", "del", "del modelo", "de la", "en", "en el modelo", "el modelo", "modelo"),
    ),
    "pt": Sentences(
        ("este modelo", "o modelo", "esse modelo", "nosso modelo", "esta é", "este é", "trata-se"),
        {
            "finetune": (
                "é uma versão ajustada de {}", "é uma versão fine-tuned de {}", "é uma versão refinada de {}",
                "é um fine-tuning de {}", "é um ajuste fino de {}", "foi ajustado a partir de {}",
                "foi treinado a partir de {}", "é uma versão ajustada do {}", "é uma versão fine-tuned do {}",
                "foi treinado a partir do {}", "foi ajustado a partir do {}", "é um fine-tuning do {}",
                "é um fine-tune do {}", "uma versão ajustada do {}", "é uma versão finetunada do {}",
            ),
            "quantized": ("é uma versão quantizada de {}", "é uma versão quantizada do {}"),
            "distilled": ("é uma versão destilada de {}", "é uma versão destilada do {}"),
            "adapter": ("é um adaptador lora para {}", "é um adaptador para {}"),
            "derived": (
                "é baseado em {}", "baseado em {}", "modelo baseado em {}", "é baseado no {}", "baseia-se no {}",
                "foi baseado no {}", "é ~ baseado no {}",
            ),
        },
        ("de", "do", "do modelo", "da", "em", "no", "no modelo", "o modelo"),
    ),
    "it": Sentences(
        ("questo modello", "il modello", "si tratta", "il nostro modello", "questa è", "questo"),
        {
            "finetune": (
                "è una versione fine-tuned di {}", "è una versione finetuned di {}",
                "è una versione addestrata di {}", "è un fine-tuning di {}", "è una versione affinata di {}",
                "è stato addestrato a partire da {}", "è stato fine-tuned da {}",
                "è stato ottenuto dal fine-tuning di {}", "è un fine-tuning del {}", "una versione fine-tuned di {}",
            ),
            "quantized": ("è una versione quantizzata di {}",),
            "distilled": ("è una versione distillata di {}",),
            "adapter": ("è un adattatore lora per {}", "è un adattatore per {}"),
            "derived": (
                "si basa su {}", "basato su {}", "modello basato su {}", "è basato su {}", "è ~ basato su {}",
                "è ~ basato sul {}",
            ),
        },
        ("di", "del", "del modello", "da", "dal", "dal modello", "su", "sul", "sul modello", "il modello"),
    ),
    "nl": Sentences(
        ("dit model", "het model", "dit", "ons model"),
        {
            "finetune": (
                "is een gefinetunede versie van {}", "is een fine-tuned versie van {}",
                "is een verfijnde versie van {}", "is een finetune van {}", "is gefinetuned op basis van {}",
                "is getraind op basis van {}", "is een gefinetuned versie van {}", "is een finetuned versie van {}",
            ),
            "quantized": ("is een gekwantiseerde versie van {}",),
            "derived": ("is gebaseerd op {}", "is ~ gebaseerd op {}"),
        },
        ("van", "van het", "op", "van het model", "op het model", "op basis van"),
    ),
    "sv": Sentences(
        ("den här modellen", "denna modell", "modellen", "denne modellen", "denne model", "detta", "dette"),
        {
            "finetune": (
                "är en finjusterad version av {}", "är en finetunad version av {}", "er en finjustert versjon av {}",
                "er en finjusteret version af {}", "är en fintränad version av {}", "er en finetunet version af {}",
                "er finjustert fra {}",
            ),
            "quantized": ("är en kvantiserad version av {}", "er en kvantisert versjon av {}"),
            "derived": ("är baserad på {}", "bygger på {}", "er basert på {}", "er baseret på {}"),
        },
        ("av", "af", "från", "fra", "på", "av modellen", "på modellen"),
    ),
    "pl": Sentences(
        ("ten model", "model", "to", "jest to", "to jest"),
        {
            "finetune": (
                "jest dostrojoną wersją {}", "jest dotrenowaną wersją {}", "jest douczoną wersją {}",
                "dostrojona wersja {}", "dotrenowana wersja {}", "został dostrojony na bazie {}",
                "został wytrenowany na bazie {}", "jest dostrojoną wersją modelu {}", "dostrojona wersja modelu {}",
            ),
            "quantized": (
                "jest skwantyzowaną wersją {}", "jest skwantyzowaną wersją modelu {}", "skwantyzowana wersja {}",
            ),
            "derived": ("jest oparty na {}", "jest oparty na modelu {}", "bazuje na {}", "bazuje na modelu {}"),
        },
        ("modelu", "na", "na modelu"),
    ),
    "id": Sentences(
        ("model ini", "ini", "model ini merupakan", "model"),
        {
            "finetune": (
                "adalah versi fine-tuned dari {}", "adalah hasil fine-tuning dari {}",
                "merupakan hasil fine-tuning dari {}", "merupakan versi fine-tuned dari {}",
                "adalah versi yang disesuaikan dari {}", "dilatih dari {}", "adalah fine-tuning dari {}",
                "adalah hasil fine-tune dari {}",
            ),
            "quantized": ("adalah versi terkuantisasi dari {}",),
            "derived": ("berbasis {}", "didasarkan pada {}", "berdasarkan {}", "dibangun di atas {}"),
        },
        ("dari", "model", "dari model", "pada", "pada model"),
    ),
    "tr": Sentences(
        ("bu model", "model", "bu", "modelimiz"),
        {
            "finetune": (
                "{} modelinin ince ayarlı ~ versiyonudur", "{} modelinin ince ayar yapılmış ~ halidir",
                "{} modelinin fine-tune edilmiş ~ halidir", "{} modelinin fine-tune edilmiş ~ versiyonudur",
                "{} üzerinde ince ayar yapılarak", "{} modeli üzerinde ince ayar yapılarak",
                "{} modelinin ince ayar yapılmış ~ versiyonudur", "{} modelinin ince ayarlanmış ~ versiyonudur",
            ),
            "quantized": ("{} modelinin kuantize edilmiş ~ versiyonudur", "{} modelinin nicemlenmiş ~ sürümüdür"),
            "derived": ("{} tabanlıdır", "{} modeline dayanmaktadır", "{} temel alınarak", "{} modeli temel alınarak"),
        },
        ("model", "modeli"),
    ),
    "vi": Sentences(
        ("mô hình này", "đây", "mô hình", "mô hình của chúng tôi"),
        {
            "finetune": (
                "là phiên bản tinh chỉnh của {}", "là phiên bản fine-tuned của {}", "là phiên bản fine-tune của {}",
                "được tinh chỉnh từ {}", "được fine-tune từ {}", "được huấn luyện từ {}",
                "là phiên bản được tinh chỉnh từ {}", "được tinh chỉnh từ mô hình {}",
            ),
            "quantized": ("là phiên bản lượng tử hóa của {}", "được lượng tử hóa từ {}"),
            "derived": ("dựa trên {}", "được xây dựng dựa trên {}", "được phát triển từ {}", "dựa trên mô hình {}"),
        },
        ("của", "mô hình", "từ", "của mô hình", "trên"),
    ),
    "ru": Sentences(
        ("эта модель", "модель", "данная модель", "это", "наша модель"),
        {
            "finetune": (
                "дообученная версия {}", "дообученная ~ версия модели {}", "является дообученной версией {}",
                "дообучена на основе {}", "дообучена из {}", "дообучена на базе {}", "была дообучена на основе {}",
                "обучена на основе {}", "файнтюн {}", "файнтюн модели {}", "получена дообучением {}",
                "является дообученной версией модели {}", "дообученная модель {}", "получена дообучением модели {}",
                "тонкая настройка {}",
            ),
            "quantized": ("квантованная версия {}", "является квантованной версией {}", "квантизованная версия {}"),
            "distilled": ("дистиллированная версия {}", "является дистиллированной версией {}"),
            "adapter": ("lora-адаптер для {}", "lora адаптер для {}", "адаптер для {}"),
            "derived": (
                "основана на {}", "создана на основе {}", "построена на основе {}", "на основе {}", "на базе {}",
            ),
        },
        ("модели", "модель", "на", "на модели"),
    ),
    "uk": Sentences(
        ("ця модель", "модель", "це", "дана модель"),
        {
            "finetune": (
                "донавчена версія {}", "є донавченою версією {}", "донавчена на основі {}", "файнтюн {}",
                "є донавченою версією моделі {}", "донавчена версія моделі {}",
            ),
            "quantized": ("квантована версія {}", "є квантованою версією {}"),
            "derived": ("базується на {}", "заснована на {}", "створена на основі {}", "на основі {}"),
        },
        ("моделі", "модель", "на", "на моделі"),
    ),
    "ar": Sentences(
        ("هذا النموذج", "النموذج", "هذا", "هذه", "نموذجنا"),
        {
            "finetune": (
                "هو نسخة معدلة من {}", "نسخة مضبوطة من {}", "هو نسخة مضبوطة من {}", "هو نسخة محسنة من {}",
                "تم ضبطه من {}", "تم تدريبه انطلاقا من {}", "تم ضبطه بدقة من {}",
            ),
            "derived": ("مبني على {}", "يعتمد على {}", "يستند إلى {}", "مبني على نموذج {}"),
        },
        ("من", "نموذج", "من نموذج", "على", "على نموذج"),
    ),
    "fa": Sentences(
        ("این مدل", "مدل", "این"),
        {
            "finetune": (
                "نسخه فاین‌تیون شده {}", "نسخه فاین تیون شده {}", "نسخه‌ی فاین‌تیون شده {}", "نسخه تنظیم شده {}",
                "نسخه فاین‌تیون‌شده {}", "از {} فاین‌تیون شده است",
            ),
            "derived": ("بر پایه {}", "بر اساس {}", "مبتنی بر {}", "بر پایه مدل {}", "بر اساس مدل {}"),
        },
        ("مدل", "از", "از مدل"),
    ),
    "hi": Sentences(
        ("यह मॉडल", "यह", "मॉडल"),
        {
            "finetune": (
                "{} का फाइन-ट्यून ~ संस्करण है", "{} का फाइन-ट्यून किया गया ~ संस्करण है", "{} का ~ फाइन-ट्यून्ड संस्करण है",
            ),
            "quantized": ("{} का क्वांटाइज़्ड संस्करण है",),
            "derived": ("{} पर आधारित है",),
        },
        ("मॉडल",),
    ),
    "th": Sentences(
        ("โมเดลนี้", "โมเดล", "นี่"),
        {
            "finetune": (
                "เป็นเวอร์ชัน fine-tuned ของ {}", "ถูก fine-tune จาก {}", "fine-tune จาก {}", "ปรับแต่งจาก {}",
                "ได้รับการปรับแต่งจาก {}", "คือเวอร์ชันที่ปรับแต่งจาก {}", "เป็นการ fine-tune จาก {}",
            ),
            "derived": ("พัฒนาจาก {}", "พัฒนาต่อยอดจาก {}", "อิงจาก {}", "สร้างจาก {}"),
        },
        ("ของ", "จาก", "โมเดล", "จากโมเดล", "ของโมเดล"),
    ),
    "zh": Sentences(
        ("本模型", "该模型", "这个模型", "此模型", "我们的模型", "本项目", "本模型是", "该模型是", "这是", "此模型是",
        "模型", "這是", "該模型",
         "本仓库", "是"),
        {
            "finetune": (
                "基于 {} 微调", "基于 {} 模型微调", "基于 {} 进行微调", "基于 {} 模型进行微调", "基于 {} 微调得到",
                "基于 {} 训练", "基于 {} 进行训练", "以 {} 为基座", "以 {} 为基座模型", "以 {} 为底座",
                "以 {} 为基础", "在 {} 的基础上", "在 {} 基础上", "在 {} 模型基础上", "在 {} 模型的基础上",
                "在 {} 上微调", "在 {} 上进行微调", "在 {} 上进行了微调", "在 {} 上进行了全参数微调", "由 {} 微调",
                "由 {} 微调而来", "从 {} 微调", "从 {} 微调而来", "对 {} 进行微调", "对 {} 微调", "对 {} 进行了微调",
                "使用 {} 作为基座", "使用 {} 作为基座模型", "使用 {} 作为基础模型", "{} 的微调版本", "{} 的微调模型",
                "基於 {} 微調", "基于 {} 继续预训练", "基于 {} 增量预训练", "基于 {} 全参数微调", "基于 {} 的微调",
            ),
            "adapter": ("{} 的 lora", "基于 {} 的 lora", "{} 的 lora 适配器", "基于 {} 训练的 lora"),
            "quantized": (
                "{} 的量化版本", "{} 的 gguf 量化版本", "{} 的量化版", "{} 量化版本", "{} 的 gguf 版本",
                "{} 的 4bit 量化版本", "对 {} 进行量化", "{} 的 int4 量化版本", "由 {} 量化",
            ),
            "distilled": ("由 {} 蒸馏", "从 {} 蒸馏", "{} 的蒸馏版本", "由 {} 蒸馏得到"),
            "merge": ("由 {} 合并",),
            "converted": ("由 {} 转换", "从 {} 转换", "由 {} 转换而来"),
            "derived": ("基于 {} 构建", "基于 {} 开发", "基于 {} 的", "基于 {}", "基於 {}", "{} 的衍生模型"),
        },
        ("模型", "的", "了"),
    ),
    "ja": Sentences(
        ("このモデルは", "本モデルは", "当モデルは", "これは", "このリポジトリは", "本モデルは、", "このモデルは、",
        "これは、", "こちらは"),
        {
            "finetune": (
                "{} をファインチューニングしたモデル", "{} をファインチューニングした", "{} をファインチューンした",
                "{} をファインチューニングして", "{} を微調整した", "{} を追加学習した", "{} をベースに",
                "{} をベースにした", "{} をベースモデルとして", "{} に対して継続事前学習", "{} に対して微調整",
                "{} をベースとして", "{} をベースとした", "{} をもとに", "{} を元に", "{} を基に",
                "{} からファインチューニング", "{} をfine-tuningした", "{} をfine-tuneした",
                "{} を ~ でファインチューニングした", "{} に継続事前学習", "{} を継続事前学習した",
                "{} に対してファインチューニング", "{} を ~ で微調整した", "{} をインストラクションチューニングした",
            ),
            "adapter": ("{} のloraアダプタ", "{} 用のlora", "{} のlora", "{} 用のloraアダプタ"),
            "quantized": (
                "{} を量子化した", "{} の量子化版", "{} を量子化したモデル", "{} を4bit量子化した", "{} のgguf版",
                "{} のgguf変換版", "{} をggufに変換した", "{} をawqで量子化した", "{} をgptqで量子化した",
            ),
            "distilled": ("{} を蒸留した", "{} から蒸留した"),
            "merge": ("{} をマージした",),
            "converted": ("{} を変換した", "{} から変換した", "{} をmlx形式に変換した", "{} をonnxに変換した"),
            "derived": ("{} を用いて学習した", "{} ベースの", "{} に基づ"),
        },
        ("モデル",),
    ),
    "ko": Sentences(
        ("이 모델은", "본 모델은", "해당 모델은", "이것은", "이 모델은,", "저희 모델은", "모델은"),
        {
            "finetune": (
                "{} 를 파인튜닝한", "{} 를 ~ 파인튜닝한", "{} 을 ~ 파인튜닝한", "{} 을 파인튜닝한",
                "{} 모델을 파인튜닝한", "{} 를 fine-tuning한", "{} 모델을 fine-tuning한", "{} 를 기반으로",
                "{} 을 기반으로", "{} 기반으로", "{} 모델을 기반으로", "{} 를 미세 조정한", "{} 을 미세 조정한",
                "{} 모델을 미세 조정한", "{} 를 베이스로", "{} 을 베이스로", "{} 를 fine-tune한",
                "{} 를 사용하여 파인튜닝", "{} 을 fine-tuning한", "{} 를 추가 학습한", "{} 을 추가 학습한",
                "{} 모델을 추가 학습한", "{} 를 파인튜닝하여",
            ),
            "quantized": (
                "{} 를 양자화한", "{} 을 양자화한", "{} 의 양자화 버전", "{} 모델을 양자화한", "{} 의 gguf 버전",
            ),
            "distilled": ("{} 를 증류한", "{} 을 증류한"),
            "merge": ("{} 를 병합한", "{} 을 병합한"),
            "derived": ("{} 기반", "{} 기반의", "{} 을 바탕으로", "{} 를 바탕으로"),
        },
        ("모델",),
    ),
}  # fmt: skip
"""Subjects and phrases by language, in lower case."""

NEGATIONS = (
    "nicht", "kein", "keine", "keinen", "pas", "no es", "não", "non è", "niet", "geen", "inte", "ikke", "nie jest",
    "bukan", "tidak", "değil", "değildir", "không", "не", "ليس", "ليست", "نیست", "नहीं", "ไม่", "不是", "并非", "并不",
    "没有", "未", "ではな", "ではあり", "じゃな", "していな", "していま", "아니", "아닙", "아닌", "않",
)  # fmt: skip
"""Words that negate a sentence, wherever in it they are."""

NOT_MODELS = (
    "架构", "结构", "数据", "分词", "论文", "方法", "代码", "アーキテクチャ", "データ", "構造", "トークナイザ",
    "論文", "아키텍처", "데이터", "토크나이저", "구조", "논문", "architektur", "architektury", "architecture",
    "arquitectura", "arquitetura", "architettura", "архитектур", "tokenizer", "dataset", "mimarisi", "arsitektur",
)  # fmt: skip
"""Words behind the name of a model that make its architecture, data or the like of it."""
