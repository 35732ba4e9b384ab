@NullMarked
package io.tollgate.relay.protocols.openai.realtime;

import org.jspecify.annotations.NullMarked;
