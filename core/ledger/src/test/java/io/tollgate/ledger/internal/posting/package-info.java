@NullMarked
package io.tollgate.ledger.internal.posting;

import org.jspecify.annotations.NullMarked;
