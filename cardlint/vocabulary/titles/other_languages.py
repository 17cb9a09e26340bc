"""Phrases for the kind of section in titles in other languages than English.

Source: the titles of ten thousand cards of 2020 to 2025, and the words of the languages for them; read
2026-08-22. Refresh: count the titles with letters outside ASCII that no kind is found for.
"""

from __future__ import annotations

__all__ = ["SPACED", "UNSPACED"]

SOURCE = "titles of 10,000 real cards, counted; the words that the languages have for them"
DATE = "2026-08-22"

UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "description": """
            简介, 介绍, 概述, 概要, 模型描述, 模型信息, 模型详情, 模型细节, 模型说明, 模型概况, 描述, 描述信息,
            說明, 簡介, 介紹, 概覽, 模型介绍
        """,
        "intended-use": "用途, 适用范围, 应用场景, 使用场景, 適用範圍",
        "limitations": "局限, 限制, 免责声明, 声明, 风险, 偏见, 注意事项, 免責聲明, 局限性, 重要声明",
        "training-data": "数据集, 训练数据, 语料, 训练语料, 数据来源, 預訓練資料, 訓練資料, 資料集, 中文数据",
        "training-procedure": """
            训练过程, 训练细节, 训练方法, 训练说明, 训练方案, 训练详情, 微调, 预训练, 训练, 訓練, 微調
        """,
        "hyperparameters": "超参数, 训练参数, 超參數",
        "evaluation": "评测, 评估, 测评, 验证, 評測, 評估, 邀请评测",
        "results": """
            评测结果, 测评结果, 评测效果, 性能, 效果, 指标, 结果, 实验结果, 下游效果, 性能测试, 性能表现, 效果评测,
            效果评估, 性能评测, 评估结果, 结果对比, 準確率
        """,
        "environmental-impact": "环境影响, 碳排放",
        "how-to-use": """
            使用, 用法, 使用方法, 如何使用, 使用示例, 使用方式, 快速开始, 快速使用, 快速启动, 快速加载, 推理, 部署,
            安装, 依赖, 要求, 加载, 代码调用, 示例, 调用, 运行模型, 运行方式, 提示格式, 提示词, 演示, 安裝, 範例,
            推理代码
        """,
        "license": "许可, 许可证, 协议, 使用协议, 授权, 版权, 许可协议, 声明与协议, 授權, 授权协议, 開源協議",
        "citation": "引用, 引用格式, 如何引用, 引文",
        "contact": "联系, 联系我们, 作者, 交流, 微信, 邮箱, 社区地址, 团队, 聯絡, 聯繫",
        "": "致谢, 更新说明, 使用限制, 参数量, 引用数据, 显存使用, 推理速度, 其他语言, 工具使用能力的评测",
    },
    "ja": {
        "description": """
            概要, モデル説明, モデル詳細, モデルの説明, モデルの概要, 説明, 解説, はじめに, モデルについて
        """,
        "intended-use": "想定される用途, 用途, 想定用途, 利用目的",
        "out-of-scope": "想定されない用途, 使用してはいけない用途, 悪意のある用途, 禁止事項",
        "limitations": "制限, 限界, バイアス, 免責事項, 注意事項, 注意点, リスク, 制約, 法律や倫理",
        "training-data": """
            学習データ, 訓練データ, データセット, 学習に使用したデータ, コーパス, 学習用データ, 事前学習データ
        """,
        "training-procedure": """
            学習, 訓練, 学習プロセス, 学習方法, 学習手順, ファインチューニング, マージ方法, レシピ, 事前学習
        """,
        "hyperparameters": "ハイパーパラメータ, ハイパーパラメーター, 学習パラメータ",
        "evaluation": "評価, 評価方法",
        "results": "評価結果, 結果, 性能, ベンチマーク, 精度, 学習結果, 実験結果",
        "environmental-impact": "環境への影響",
        "how-to-use": """
            使い方, 使用方法, 使用例, モデルの使用例, 利用方法, 使用法, 推論, インストール, サンプルコード,
            推奨設定, プロンプト, 実行方法, クイックスタート, プロンプトテンプレート, プロンプトフォーマット,
            動作環境
        """,
        "license": "ライセンス, 利用規約",
        "citation": "引用, 引用方法",
        "contact": "連絡先, お問い合わせ, 作者, 著者, 開発者",
        "": "サンプル画像, 謝辞, 参考文献",
    },
    "ko": {
        "description": "모델 설명, 모델 소개, 모델 개요, 소개, 개요, 설명, 모델 정보",
        "intended-use": "사용 목적, 용도",
        "limitations": "한계, 제한, 편향, 주의사항, 유의사항",
        "training-data": "학습 데이터, 훈련 데이터, 데이터셋, 학습데이터, 사용한 dataset, 사용 데이터, 말뭉치",
        "training-procedure": "학습, 훈련, 학습 방법, 학습 과정, 파인튜닝, 훈련 진행",
        "hyperparameters": "하이퍼파라미터, 학습 파라미터",
        "evaluation": "평가",
        "results": "성능, 결과, 평가 결과, 벤치마크",
        "how-to-use": "사용 방법, 사용법, 사용 예, 사용 예시, 사용, 추론, 실행 방법, 설치",
        "license": "라이선스, 라이센스, 사용 조건",
        "citation": "인용",
        "contact": "문의, 연락처, 저자, 제작자",
        "": "샘플 이미지, 학습에 사용한 base",
    },
    "th": {
        "description": "รายละเอียด, คำอธิบาย",
        "how-to-use": "วิธีการใช้งาน, วิธีใช้, ทดลองใช้งาน, การใช้งาน",
        "training-data": "การเก็บข้อมูล, ชุดข้อมูล",
        "training-procedure": "การฝึก",
        "limitations": "ข้อจำกัด",
        "license": "สัญญาอนุญาต",
    },
}
"""Phrases by language and kind, separated by commas, to be found anywhere in a title; the longest at a place counts.
Phrases under the empty kind name none, and keep shorter phrases from being found in them."""

SPACED: dict[str, dict[str, str]] = {
    "es": {
        "description": """
            descripción, descripcion, resumen, introducción, sobre el modelo, detalles del modelo, acerca de
        """,
        "intended-use": "uso previsto, usos previstos, casos de uso",
        "out-of-scope": "fuera de alcance, usos indebidos, mal uso",
        "limitations": "limitacion*, sesgo*, riesgo*, consideraciones éticas, advertencia*",
        "training-data": "datos de entrenamiento, conjunto* de datos, datos, corpus de entrenamiento",
        "training-procedure": "entrenamiento, procedimiento de entrenamiento, ajuste fino, preentrenamiento",
        "hyperparameters": "hiperparámetros, hiperparametros",
        "evaluation": "evaluación, evaluacion, métricas",
        "results": "resultados, rendimiento",
        "environmental-impact": "impacto ambiental",
        "how-to-use": "cómo usar*, como usar*, uso, ejemplo* de uso, modo de uso, instalación, cómo utilizar*",
        "license": "licencia, licencias",
        "citation": "cita, citación, cómo citar, citar",
        "contact": "contacto, autores, autor, autora",
    },
    "fr": {
        "description": "description du modèle, présentation, aperçu, à propos, résumé",
        "intended-use": "utilisation* prévue*, usages prévus, cas d usage, cas d utilisation",
        "out-of-scope": "hors périmètre, mauvais usage*",
        "limitations": "limites, biais, risques, avertissement*",
        "training-data": "données d entra*, données d apprentissage, jeu* de données, données, corpus d entra*",
        "training-procedure": "entraînement, entrainement, apprentissage, préentraînement, procédure d entra*",
        "hyperparameters": "hyperparamètres",
        "evaluation": "évaluation*, métriques",
        "results": "résultats, résultats de l évaluation, performances",
        "environmental-impact": "impact environnemental, empreinte carbone",
        "how-to-use": "utilisation, comment utiliser*, comment l utiliser, exemple* d utilisation",
        "license": "licence d utilisation",
        "citation": "comment citer, citer, pour citer",
        "contact": "auteurs, auteur, nous contacter",
    },
    "de": {
        "description": """
            beschreibung, modellbeschreibung, überblick, übersicht, einführung, einleitung, modelldetails
        """,
        "intended-use": "verwendungszweck, anwendungsfälle, einsatzzweck, einsatzgebiet*",
        "limitations": "einschränkungen, grenzen, limitierungen, verzerrung*, risiken, haftungsausschluss",
        "training-data": "trainingsdaten, datensatz, datensätze, trainingsdatensatz, daten",
        "training-procedure": "trainingsverfahren, trainingsdetails, trainingsprozess, trainingsablauf",
        "hyperparameters": "trainingsparameter",
        "evaluation": "auswertung, bewertung, evaluierung, evaluationsdaten",
        "results": "ergebnisse, leistung, trainingsergebnisse",
        "how-to-use": "verwendung, nutzung, anwendung, benutzung, beispiel*, anleitung, anwendungsbeispiel*",
        "license": "lizenz*",
        "citation": "zitation, zitierung, zitieren, zitat",
        "contact": "kontakt, autoren, autor*",
    },
    "pt": {
        "description": "descrição, descrição do modelo, visão geral, introdução, sobre o modelo, resumo",
        "intended-use": "uso pretendido, usos pretendidos, casos de uso",
        "limitations": "limitaç*, vieses, viés, riscos, considerações éticas",
        "training-data": "dados de treinamento, dados de treino, conjunto* de dados, dados",
        "training-procedure": "treinamento, treino, procedimento de treinamento",
        "hyperparameters": "hiperparâmetros",
        "evaluation": "avaliação, métricas",
        "results": "resultados, desempenho, métricas por entidade",
        "how-to-use": "como usar*, como utilizar*, uso, utilização, exemplo* de uso",
        "license": "licença*",
        "citation": "citação, como citar",
        "contact": "contato, autores",
    },
    "it": {
        "description": "descrizione, introduzione, panoramica, dettagli del modello",
        "intended-use": "usi previsti, uso previsto, casi d uso",
        "limitations": "limitazioni, limiti, bias e rischi, rischi, avvertenze",
        "training-data": "dati di addestramento, dati di training, dati",
        "training-procedure": "addestramento, allenamento, procedura di addestramento",
        "hyperparameters": "iperparametri",
        "evaluation": "valutazione",
        "results": "risultati, prestazioni",
        "how-to-use": "utilizzo, come usare*, come si usa, uso, esempio d uso, esempi d uso",
        "license": "licenza",
        "citation": "citazione, come citare",
        "contact": "contatti, autori",
    },
    "nl": {
        "description": "beschrijving, modelbeschrijving, inleiding, overzicht",
        "intended-use": "beoogd gebruik",
        "limitations": "beperkingen",
        "training-data": "trainingsdata, gegevens, trainingsgegevens",
        "training-procedure": "trainingsprocedure",
        "evaluation": "evaluatie",
        "results": "resultaten, prestaties",
        "how-to-use": "gebruik, hoe te gebruiken, voorbeeld*",
        "license": "licentie",
        "citation": "citeren",
    },
    "id": {
        "description": "deskripsi, deskripsi model, tentang model, ringkasan, pendahuluan",
        "intended-use": "tujuan penggunaan",
        "limitations": "keterbatasan, batasan, bias dan risiko",
        "training-data": "data latih, data pelatihan, dataset pelatihan",
        "training-procedure": "pelatihan, prosedur pelatihan",
        "evaluation": "evaluasi",
        "results": "hasil, hasil evaluasi, performa",
        "how-to-use": "cara penggunaan, cara menggunakan, penggunaan, cara pakai, contoh penggunaan",
        "license": "lisensi",
        "citation": "kutipan, sitasi",
        "contact": "kontak, penulis",
    },
    "tr": {
        "description": "açıklama, model açıklaması, genel bakış, hakkında",
        "intended-use": "kullanım amacı, amaçlanan kullanım",
        "limitations": "sınırlamalar, kısıtlamalar, önyargı*, sınırlılıklar",
        "training-data": "eğitim verisi, eğitim veri*, veri seti, veri kümesi",
        "training-procedure": "eğitim, eğitim süreci",
        "evaluation": "değerlendirme",
        "results": "sonuçlar, performans, değerlendirme sonuçları",
        "how-to-use": "kullanım, nasıl kullanılır, örnek kullanım, kullanım örneği",
        "license": "lisans",
        "citation": "atıf, alıntı",
        "contact": "iletişim",
    },
    "vi": {
        "description": "mô tả, giới thiệu, tổng quan",
        "limitations": "hạn chế, giới hạn",
        "training-data": "dữ liệu huấn luyện, dữ liệu",
        "training-procedure": "huấn luyện",
        "evaluation": "đánh giá",
        "results": "kết quả",
        "how-to-use": "hướng dẫn sử dụng, cách sử dụng, sử dụng",
        "license": "giấy phép",
        "citation": "trích dẫn",
        "contact": "liên hệ, tác giả",
    },
    "pl": {
        "description": "opis, opis modelu, wprowadzenie",
        "intended-use": "przeznaczenie, zastosowan*",
        "limitations": "ograniczenia",
        "training-data": "dane treningowe, dane uczące, zbiór danych",
        "training-procedure": "trening, uczenie, proces treningu",
        "evaluation": "ewaluacja, ocena",
        "results": "wyniki, rezultaty",
        "how-to-use": "użycie, jak używać, sposób użycia, przykład* użycia",
        "license": "licencja",
        "citation": "cytowanie",
        "contact": "autorzy",
    },
    "sv": {
        "description": "beskrivning, modellbeskrivning",
        "limitations": "begränsningar, begrensninger, begrænsninger",
        "training-data": "träningsdata, treningsdata, træningsdata",
        "training-procedure": "träning, trening, træning",
        "evaluation": "utvärdering, evaluering",
        "results": "resultat, resultater",
        "how-to-use": "användning, bruk, brug, anvendelse, eksempel, exempel",
        "license": "licens, lisens",
    },
    "ru": {
        "description": "описание*, о модели, обзор, введение, о проекте, особенности, описание модели",
        "intended-use": "назначение, применение, предполагаемое использование",
        "limitations": "ограничени*, нюансы, предвзятость, риски, предупреждени*",
        "training-data": """
            данные, датасет*, обучающие данные, данные для обучения, данные обучения, корпус*,
            тренировочные данные
        """,
        "training-procedure": """
            обучение, дообучение, процесс обучения, тренировка, предобучение, как эта модель создавалась
        """,
        "hyperparameters": "гиперпараметр*, параметры обучения",
        "evaluation": "оценка, оценка качества",
        "results": "результат*, метрик*, качество, производительность, бенчмарк*",
        "environmental-impact": "воздействие на окружающую среду",
        "how-to-use": """
            использовани*, как использовать, пример* использования, пример*, установка, запуск, быстрый старт,
            как работать, инференс
        """,
        "license": "лицензи*",
        "citation": "цитировани*, как цитировать",
        "contact": "контакт*, автор*, обратная связь",
    },
    "uk": {
        "description": "опис*, про модель",
        "limitations": "обмежен*",
        "training-data": "дані, набір даних, тренувальні дані",
        "training-procedure": "навчання, тренування",
        "results": "результати",
        "how-to-use": "використання, як використовувати, приклад*",
        "license": "ліцензія",
    },
    "ar": {
        "description": "الوصف, وصف النموذج, نظرة عامة, مقدمة, نبذة",
        "limitations": "القيود, التحيز, المحددات",
        "training-data": "بيانات التدريب, البيانات, مجموعة البيانات",
        "training-procedure": "التدريب, إجراءات التدريب",
        "evaluation": "التقييم",
        "results": "النتائج, الأداء",
        "how-to-use": "الاستخدام, طريقة الاستخدام, كيفية الاستخدام",
        "license": "الترخيص, الرخصة",
        "citation": "الاستشهاد, الاقتباس",
        "contact": "التواصل, للتواصل, المؤلفون",
    },
    "fa": {
        "description": "معرفی, توضیحات, درباره مدل",
        "limitations": "محدودیت*",
        "training-data": "داده*, مجموعه داده, دادگان",
        "training-procedure": "آموزش",
        "evaluation": "ارزیابی",
        "results": "نتایج",
        "how-to-use": "نحوه استفاده, استفاده, نحوه ی استفاده",
        "license": "مجوز, لایسنس",
        "citation": "ارجاع",
        "contact": "تماس",
    },
    "hi": {
        "description": "विवरण, परिचय",
        "training-data": "प्रशिक्षण डेटा",
        "training-procedure": "प्रशिक्षण",
        "how-to-use": "उपयोग, उपयोग कैसे करें",
        "limitations": "सीमाएं, सीमाएँ",
        "license": "लाइसेंस",
    },
}
"""Phrases by language and kind, separated by commas, to be found as whole words of a title; `*` is any ending."""
