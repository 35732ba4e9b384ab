@NullMarked
package io.tollgate.relay.protocols.internal.json;

import org.jspecify.annotations.NullMarked;
