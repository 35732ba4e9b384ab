/**
 * What stages and interfaces agree on: records passed between contexts, and the interface
 * descriptions.
 */
@NullMarked
package io.tollgate.contracts;

import org.jspecify.annotations.NullMarked;
