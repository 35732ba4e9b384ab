package io.tollgate.ledger;

import io.tollgate.data.ListQuery;

/**
 * A user's statement, the newest line first: every movement of their balance, gifts, grants and of
 * what they owe, in the order of posting. Allowances of spend limits are no money and not in it,
 * nor is money that only moves from one of their grants to another.
 */
public interface Statements extends ListQuery<StatementFilter, StatementLine> {}
