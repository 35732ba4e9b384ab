/** Forms with files: read as they arrive, kept until they are sent, and sent from there. */
@NullMarked
package io.tollgate.relay.gateway.internal.form;

import org.jspecify.annotations.NullMarked;
