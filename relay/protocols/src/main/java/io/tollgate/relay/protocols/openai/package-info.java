/**
 * OpenAI's chat completions, as caller and upstream speak it.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">API reference</a>
 */
@NullMarked
package io.tollgate.relay.protocols.openai;

import org.jspecify.annotations.NullMarked;
