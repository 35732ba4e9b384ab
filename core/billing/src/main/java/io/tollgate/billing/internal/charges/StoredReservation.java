package io.tollgate.billing.internal.charges;

import io.tollgate.billing.QuotaAnswer;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Leg;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A reservation that is open. */
record StoredReservation(
    UUID id,
    TenantId tenant,
    UserId user,
    String service,
    byte[] hash,
    QuotaAnswer answer,
    List<Leg> legs,
    Instant expiresAt) {}
