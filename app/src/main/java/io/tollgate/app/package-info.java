/** The composition root: commands, roles, and how the parts are wired. */
@NullMarked
package io.tollgate.app;

import org.jspecify.annotations.NullMarked;
