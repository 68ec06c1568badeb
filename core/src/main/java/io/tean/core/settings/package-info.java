/**
 * What a person can turn: one declared method per setting, from which defaults, checks and docs/settings.md come.
 */
@NullMarked
package io.tean.core.settings;

import org.jspecify.annotations.NullMarked;
