@NullMarked
package io.tollgate.sandbox.script;

import org.jspecify.annotations.NullMarked;
