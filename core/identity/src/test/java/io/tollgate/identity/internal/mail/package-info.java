@NullMarked
package io.tollgate.identity.internal.mail;

import org.jspecify.annotations.NullMarked;
