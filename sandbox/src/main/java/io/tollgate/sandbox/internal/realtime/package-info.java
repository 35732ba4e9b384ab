/** OpenAI's realtime protocol over WebSocket. */
@NullMarked
package io.tollgate.sandbox.internal.realtime;

import org.jspecify.annotations.NullMarked;
