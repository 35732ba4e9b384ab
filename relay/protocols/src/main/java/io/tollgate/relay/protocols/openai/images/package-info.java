/**
 * Pictures that are asked for, made or changed: counted by reported tokens, else by the picture of
 * its size and quality.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">Images</a>
 */
@NullMarked
package io.tollgate.relay.protocols.openai.images;

import org.jspecify.annotations.NullMarked;
