/** How long sounds are, by what their containers say. Nothing of them is decoded. */
@NullMarked
package io.tollgate.relay.protocols.internal.sound;

import org.jspecify.annotations.NullMarked;
