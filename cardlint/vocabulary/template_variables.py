"""The variables of card templates, as they stand in a card that nobody rendered.

Refresh: `pip download --no-deps` the packages and collect the names behind `{{` in their `*.md` templates. Of older
templates, which no package holds any more (huggingface_hub's first ones, the XLSR fine-tuning week's, the deep
reinforcement learning course's, the DreamBooth notebook's), real cards show the names.
"""

from __future__ import annotations

__all__ = ["BRACED", "BRACED_COMMON", "JINJA", "PHRASES"]

SOURCE = (
    "the templates in the wheels of huggingface_hub 2.4.0, sentence-transformers 6.2.0, setfit 1.2.0, trl 1.16.0, "
    "lerobot 0.4.4 and diffusers 0.42.1; older ones as real cards show them"
)
DATE = "2026-08-24"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


JINJA = _names(
    # the Hub's model card, new and old
    "base_model bias_recommendations bias_risks_limitations card_data citation_apa citation_bibtex cloud_provider "
    "cloud_region co2_emitted compute_infrastructure direct_use downstream_use finetuned_from funded_by "
    "get_started_code hardware_requirements hardware_type hours_used model_card_authors model_card_contact "
    "model_description model_examination model_id model_specs model_summary model_type more_information "
    "more_resources out_of_scope_use parent_model related_models results_summary shared_by speeds_sizes_times "
    "testing_data testing_factors testing_metrics training_data training_regime "
    # its data set card
    "annotation_process_section curation_rationale_section data_collection_and_processing_section "
    "dataset_card_authors dataset_card_contact dataset_description dataset_structure dataset_summary "
    "personal_and_sensitive_information pretty_name source_data_producers_section who_are_annotators_section "
    # the libraries'
    "all_hyperparameters base_model_revision co2_eq_emissions dataset_id dataset_list dataset_name dataset_type "
    "document_length eval_lines eval_metrics evaluation_time head_class hf_emoji hub_model_id label_examples "
    "loss_name max_active_dims metrics_table model_max_length model_name model_num_labels model_string "
    "non_default_hyperparameters num_classes output_dimensionality predict_example query_length repo_id "
    "similarity_fn_name task_name train_datasets train_set_metrics training_time trainer_citation trainer_name "
    "usage_snippet"
)
"""Names that stand between `{{` and `}}` in a template of cards and hardly anywhere else."""

BRACED = _names(
    # huggingface_hub's specification of the metadata
    "lang_0 lang_1 tag_0 tag_1 tag_2 tag_3 dataset_0 metric_0 arg_0 task_type task_name dataset_type dataset_config "
    "dataset_split dataset_revision metric_type metric_value metric_name metric_config evaluation_type model_id "
    # the XLSR fine-tuning week's card
    "human_readable_name lang_id wer_result_on_test cer_result_on_test "
    # the deep reinforcement learning course's and the DreamBooth notebook's
    "name_of_your_repo your_evaluation_results INSTANCE_NAME"
)
"""Names that stand between `{` and `}` in a template of cards and hardly anywhere else."""

BRACED_COMMON = _names("algo environment language library_name license dataset_name")
"""Names of the same templates that a text may have as well."""

PHRASES = ("on the {language} test data of Common Voice",)
"""Words of a template from which a common name can be told for a variable."""
