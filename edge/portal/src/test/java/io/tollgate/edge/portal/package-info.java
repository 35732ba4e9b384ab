@NullMarked
package io.tollgate.edge.portal;

import org.jspecify.annotations.NullMarked;
