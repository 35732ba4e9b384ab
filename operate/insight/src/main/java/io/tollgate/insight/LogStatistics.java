package io.tollgate.insight;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What requests of one group have in common.
 *
 * @param group its name: a model, a status, an hour as ISO 8601; empty where requests have none
 * @param requests those that others stand for included
 * @param failed answered with 400 or more, or left by their caller
 * @param currency of the cost; requests of other currencies are a group of their own
 * @param cost what users pay, smallest units, what is owed included
 * @param latencyP50Ms half of them took no longer, to a twentieth, as all times here
 * @param firstTokenP50Ms the same to the first byte of content, of those that had one
 */
public record LogStatistics(
    Optional<String> group,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    Optional<String> currency,
    long cost,
    long latencyP50Ms,
    long latencyP95Ms,
    long latencyP99Ms,
    OptionalLong firstTokenP50Ms,
    OptionalLong firstTokenP95Ms) {}
