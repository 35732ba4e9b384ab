package io.tollgate.ledger.internal.posting;

import io.tollgate.ledger.TransferRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer to be posted, with the fields that only the ledger itself may set.
 *
 * @param reverses the transfer whose legs it reverses
 * @param reason why, as told by who asked for it; may be empty
 */
record TransferDraft(TransferRequest request, Optional<UUID> reverses, String reason) {
  static TransferDraft plain(TransferRequest request) {
    return new TransferDraft(request, Optional.empty(), "");
  }
}
