@NullMarked
package io.tollgate.relay.gateway.internal.media;

import org.jspecify.annotations.NullMarked;
