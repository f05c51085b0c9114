/**
 * Gemini's {@code generateContent} as providers speak it: requests written, replies read.
 *
 * <p>What leaves here keeps the strict form of the API even where recordings show that a looser one passes (spec mapping §11). Models are
 * told apart by excluding the known old generations; every unknown name gets the behaviour of the newest (§0.1). Tool schemas go through
 * one converter for all client dialects; tool results are opaque and never go near it.
 */
@NullMarked
package dev.hydra.dialect.gemini;

import org.jspecify.annotations.NullMarked;
