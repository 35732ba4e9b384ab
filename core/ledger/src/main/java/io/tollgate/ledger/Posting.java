package io.tollgate.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * The answer to a transfer request.
 *
 * @param transfer id of the transfer
 * @param postedAt when it was posted
 * @param repeated whether it had been posted before, under the same key and hash
 */
public record Posting(UUID transfer, Instant postedAt, boolean repeated) {}
