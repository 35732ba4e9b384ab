/**
 * Forms with files in them ({@code multipart/form-data}), read piece by piece as they arrive. What
 * a form holds stays where the gateway keeps it; here are the places within it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
@NullMarked
package io.tollgate.relay.protocols.forms;

import org.jspecify.annotations.NullMarked;
