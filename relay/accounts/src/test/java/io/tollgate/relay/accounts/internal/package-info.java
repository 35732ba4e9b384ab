@NullMarked
package io.tollgate.relay.accounts.internal;

import org.jspecify.annotations.NullMarked;
