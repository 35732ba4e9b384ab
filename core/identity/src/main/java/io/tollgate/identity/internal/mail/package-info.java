/** Mails to users: asked for with a change, written and sent by a job. */
@NullMarked
package io.tollgate.identity.internal.mail;

import org.jspecify.annotations.NullMarked;
