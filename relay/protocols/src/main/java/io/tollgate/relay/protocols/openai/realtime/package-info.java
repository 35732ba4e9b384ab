/** OpenAI's realtime sessions: their events, read in passing. */
@NullMarked
package io.tollgate.relay.protocols.openai.realtime;

import org.jspecify.annotations.NullMarked;
