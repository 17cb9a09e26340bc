"""Rule `results-not-best`."""

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.repository.results import TRAINER_STATE, Evaluation, Measured, TrainerState
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.NOTE)
def results_not_best(card: Card) -> Iterator[Problem]:
    r"""The reported results are not those of the best checkpoint.

    `trainer_state.json` beside the card names another step as the best than the one whose results the card reports. If
    the training used `load_best_model_at_end`, the weights are those of the best step, and the card reports results of
    others. The state names a best step without that option too, so this is only a note; a results file with the numbers
    of the card shows that they are right.

    Bad:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.5630
        - Accuracy: 0.8301

    Bad trainer_state.json:
        {"best_model_checkpoint": "out/checkpoint-500", "log_history": [
          {"step": 500, "eval_loss": 0.5511, "eval_accuracy": 0.8342},
          {"step": 750, "eval_loss": 0.563, "eval_accuracy": 0.8301}]}

    Good:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.5511
        - Accuracy: 0.8342

    Good trainer_state.json:
        {"best_model_checkpoint": "out/checkpoint-500", "log_history": [
          {"step": 500, "eval_loss": 0.5511, "eval_accuracy": 0.8342},
          {"step": 750, "eval_loss": 0.563, "eval_accuracy": 0.8301}]}
    """
    state = card.repository.trainer_state
    if state is None or state.best_step is None:
        return
    from cardlint.card.agreement.results_files import agreeing_evaluation, confirms  # here, since few cards have one

    summary = [claim for claim in card.body_claims if claim.source == "summary"]
    best = [evaluation for evaluation in state.evaluations if evaluation.step == state.best_step]
    if not best or agreeing_evaluation(summary, best) is not None or confirms(summary, card.repository):
        return
    reported = agreeing_evaluation(summary, [each for each in state.evaluations if each.step != state.best_step])
    if reported is not None:
        yield _problem(summary, state, reported, best[0])


def _problem(summary: Sequence[Claim], state: TrainerState, reported: Evaluation, best: Evaluation) -> Problem:
    first = _main(best)
    of_best = f" ({first.label} {first.number.value:.4g})" if first is not None else ""
    steps = f"step {reported.step}, but `{TRAINER_STATE}` names step {best.step} as the best{of_best}"
    place = state.file.place(state.best_key)
    return Problem(
        summary[0].span,
        f"the results are those of {steps}",
        help="Say which checkpoint the repository contains: with `load_best_model_at_end` it is the best one.",
        related=(Related(place, f"step {best.step} is the best here", state.file.source),),
    )


def _main(evaluation: Evaluation) -> Measured | None:
    """Return the loss of an evaluation, or its first result."""
    losses = (each for each in evaluation.results if each.label == "loss")
    return next(losses, evaluation.results[0] if evaluation.results else None)
