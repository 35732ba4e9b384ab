package io.tollgate.billing.internal.charges;

import io.tollgate.billing.QuotaAnswer;
import io.tollgate.ledger.Leg;
import java.util.List;
import java.util.UUID;

/** A reservation that is decided. */
record NewReservation(ReadyCall ready, UUID id, QuotaAnswer answer, List<Leg> legs) {}
