/**
 * Sound that is made from text, and text that is made from sound: counted by reported tokens, else
 * by characters and seconds.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio">Audio</a>
 */
@NullMarked
package io.tollgate.relay.protocols.openai.audio;

import org.jspecify.annotations.NullMarked;
