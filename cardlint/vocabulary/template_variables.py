"""The variables of card templates, as they appear in a card that was not rendered.

Refresh: `pip download --no-deps` the packages and collect the names after `{{` in their `*.md` templates. The names of
older templates, which are in no package any more (huggingface_hub's first ones, those of the XLSR fine-tuning week, the
deep reinforcement learning course and the DreamBooth notebook), are from real cards.
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
    # the Hub's dataset card
    "annotation_process_section curation_rationale_section data_collection_and_processing_section "
    "dataset_card_authors dataset_card_contact dataset_description dataset_structure dataset_summary "
    "personal_and_sensitive_information pretty_name source_data_producers_section who_are_annotators_section "
    # the templates of libraries
    "all_hyperparameters base_model_revision co2_eq_emissions dataset_id dataset_list dataset_name dataset_type "
    "document_length eval_lines eval_metrics evaluation_time head_class hf_emoji hub_model_id label_examples "
    "loss_name max_active_dims metrics_table model_max_length model_name model_num_labels model_string "
    "non_default_hyperparameters num_classes output_dimensionality predict_example query_length repo_id "
    "similarity_fn_name task_name train_datasets train_set_metrics training_time trainer_citation trainer_name "
    "usage_snippet"
)
"""Names between `{{` and `}}` in templates of cards and hardly anywhere else."""

BRACED = _names(
    # huggingface_hub's specification of the metadata
    "lang_0 lang_1 tag_0 tag_1 tag_2 tag_3 dataset_0 metric_0 arg_0 task_type task_name dataset_type dataset_config "
    "dataset_split dataset_revision metric_type metric_value metric_name metric_config evaluation_type model_id "
    # the card of the XLSR fine-tuning week
    "human_readable_name lang_id wer_result_on_test cer_result_on_test "
    # the cards of the deep reinforcement learning course and the DreamBooth notebook
    "name_of_your_repo your_evaluation_results INSTANCE_NAME"
)
"""Names between `{` and `}` in templates of cards and hardly anywhere else."""

BRACED_COMMON = _names("algo environment language library_name license dataset_name")
"""Names of the same templates that other texts have too."""

PHRASES = ("on the {language} test data of Common Voice",)
"""Words of a template around a common name, which prove that the name is a variable."""
