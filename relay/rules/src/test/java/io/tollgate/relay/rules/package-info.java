@NullMarked
package io.tollgate.relay.rules;

import org.jspecify.annotations.NullMarked;
