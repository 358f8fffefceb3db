"""The curves that calibration may choose among, each fitted to logits by its likelihood."""

import numpy as np
import numpy.typing as npt

NEWTON_STEPS = 100
CONVERGED = 1e-9
FEWEST_A_STEP = 100  # rows of a step of the isotonic curve: the rate of fewer is known too poorly to bend the curve
MOST_STEPS = 10  # more bend with the rows at hand: measured worse by cross-validation
LEAST_SLOPE = 0.05  # of a piece of the isotonic curve: a step that is level would give many logits one score
HALVINGS = 60

Array = npt.NDArray[np.float64]
Targets = npt.NDArray[np.int64]
Points = tuple[tuple[float, float], ...]


def platt(logits: Array, wanted: Targets) -> tuple[float, float]:
    """Slope and intercept of the logistic function of the logits that is likeliest, by Newton's method.

    Platt 1999, Probabilistic Outputs for Support Vector Machines: the targets are (n1 + 1) / (n1 + 2) and 1 / (n0 + 2)
    rather than 1 and 0, so that separable rows do not ask for an infinite slope.
    """
    positives = int(wanted.sum())
    negatives = len(wanted) - positives
    smooth = np.where(wanted == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    inputs = np.column_stack([logits, np.ones(len(logits))])
    parameters = np.array([1.0, 0.0])
    loss = _log_loss(inputs @ parameters, smooth)
    for _ in range(NEWTON_STEPS):
        scores = logistic(inputs @ parameters)
        gradient = inputs.T @ (scores - smooth)
        curvature = inputs.T @ (inputs * (scores * (1 - scores))[:, None]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        while (stepped := _log_loss(inputs @ (parameters - step), smooth)) > loss and np.abs(step).max() > CONVERGED:
            step /= 2  # too far: the loss is convex, so half of it helps sooner or later
        parameters -= step
        loss = stepped
        if np.abs(step).max() <= CONVERGED:
            break
    return float(parameters[0]), float(parameters[1])


def slope_alone(logits: Array, wanted: Targets) -> float:
    """The factor of the logits that makes the wanted values likeliest: 1 / temperature (Guo et al. 2017)."""
    return 1.0 / fit_temperature(np.column_stack([np.zeros(len(logits)), logits]), wanted)


def isotonic(logits: Array, wanted: Targets) -> Points:
    """A curve through the centres of the steps of isotonic regression, as pairs (logit, log-odds); () with one step.

    Pool-adjacent-violators (Zadrozny and Elkan 2002, Transforming Classifier Scores into Accurate Multiclass
    Probability Estimates) over rows in at most ten groups of one size. A step's rate is (hits + 1/2) / (rows + 1).
    """
    order = np.argsort(logits, kind="stable")
    steps: list[Array] = []  # sum of logits, hits, rows
    for group in np.array_split(order, max(1, min(MOST_STEPS, len(order) // FEWEST_A_STEP))):
        step = np.array([logits[group].sum(), wanted[group].sum(), len(group)], dtype=np.float64)
        while steps and steps[-1][1] * step[2] >= step[1] * steps[-1][2]:
            step = step + steps.pop()
        steps.append(step)
    points: list[tuple[float, float]] = []
    for total, hits, rows in steps:
        logit, odds = total / rows, float(np.log((hits + 0.5) / (rows - hits + 0.5)))
        if points:
            odds = max(odds, points[-1][1] + LEAST_SLOPE * (logit - points[-1][0]))
        points.append((float(logit), odds))
    return tuple(points) if len(points) > 1 else ()


def fit_temperature(logits: Array, wanted: Targets, weights: Array | None = None) -> float:
    """The divisor of the logits [n, classes] that makes the wanted classes likeliest (Guo et al. 2017).

    The loss is convex in 1 / temperature: halving by the sign of its slope finds the bottom.
    """
    low, high = 0.01, 100.0
    chosen = logits[np.arange(len(wanted)), wanted]
    for _ in range(HALVINGS):
        middle = float(np.sqrt(low * high))
        expected = (softmax(logits * middle) * logits).sum(axis=1)
        if float(np.average(expected - chosen, weights=weights)) > 0:
            high = middle
        else:
            low = middle
    return 1.0 / low


def balanced(logits: Array, wanted: Targets) -> tuple[float, Array]:
    """Temperature and class biases that are likeliest when every class weighs the same, by Newton's method.

    Of softmax(logits [n, classes] / temperature + biases), so that the likeliest class is the balanced decision however
    common each is among the rows: the biases take the rows' and the training rows' rates out (Saerens et al. 2002,
    Adjusting the Outputs of a Classifier to New a Priori Probabilities). The biases add up to 0.
    """
    rows, classes = logits.shape
    weights = 1.0 / np.bincount(wanted, minlength=classes).clip(min=1)[wanted]
    features = np.concatenate([logits[:, :, None], np.broadcast_to(np.eye(classes), (rows, classes, classes))], axis=2)
    parameters = np.zeros(1 + classes)
    parameters[0] = 1.0 / fit_temperature(logits, wanted, weights)
    for _ in range(NEWTON_STEPS):
        probabilities = softmax(features @ parameters)
        mean = np.einsum("nc,ncf->nf", probabilities, features)
        gradient = weights @ (mean - features[np.arange(rows), wanted])
        curvature = np.einsum("n,nc,ncf,ncg->fg", weights, probabilities, features, features)
        curvature -= np.einsum("n,nf,ng->fg", weights, mean, mean)
        step = np.linalg.solve(curvature + 1e-6 * np.eye(1 + classes), gradient)
        parameters -= step
        if np.abs(step).max() <= CONVERGED:
            break
    biases: Array = parameters[1:] - parameters[1:].mean()
    return 1.0 / float(parameters[0]), biases


def logistic(values: Array) -> Array:
    """1 / (1 + e^-x), safe for large values."""
    result: Array = 1.0 / (1.0 + np.exp(-np.clip(values, -50.0, 50.0)))
    return result


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
    return result


def _log_loss(logits: Array, wanted: Array) -> float:
    return float((np.logaddexp(0.0, logits) - wanted * logits).sum())
