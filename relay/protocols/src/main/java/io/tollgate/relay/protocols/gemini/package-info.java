/**
 * Google's Gemini, {@code generateContent} and {@code streamGenerateContent}, as caller and
 * upstream speak it.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">API reference</a>
 */
@NullMarked
package io.tollgate.relay.protocols.gemini;

import org.jspecify.annotations.NullMarked;
