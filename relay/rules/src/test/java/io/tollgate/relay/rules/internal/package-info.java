@NullMarked
package io.tollgate.relay.rules.internal;

import org.jspecify.annotations.NullMarked;
