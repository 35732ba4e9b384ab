/**
 * Anthropic's messages, as caller and upstream speak it.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">API reference</a>
 */
@NullMarked
package io.tollgate.relay.protocols.anthropic;

import org.jspecify.annotations.NullMarked;
