/** Hydra: a gateway that answers LLM calls over a pool of keys. The features are the packages below; nothing lives here. */
package dev.hydra;
