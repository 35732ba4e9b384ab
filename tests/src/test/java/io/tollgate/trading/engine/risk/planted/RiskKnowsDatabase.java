package io.tollgate.trading.engine.risk.planted;

import io.tollgate.data.Transaction;
import io.tollgate.trading.engine.internal.StoredBindings;

/** An arrow from pure code to what stands in the database, and one to the database itself. */
record RiskKnowsDatabase(StoredBindings bindings, Transaction transaction) {}
