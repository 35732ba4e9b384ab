@NullMarked
package io.tollgate.relay.accounts;

import org.jspecify.annotations.NullMarked;
