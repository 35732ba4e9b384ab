@NullMarked
package io.tollgate.relay.protocols.internal.sound;

import org.jspecify.annotations.NullMarked;
