// For what an interrupt rarely does. A function that may be called has its caller keep every register that any function
// may change; here the call itself does, so that the interrupt keeps only those that it needs in most of its runs.
#pragma once

// Calls a function as if it changed no register. Arguments pass through, where the ABI has them: r24, r22, r20.
template <typename Callee, Callee callee>
__attribute__((naked, noinline)) void sparingly() {
  asm volatile(
      "push r18\n push r19\n push r20\n push r21\n push r22\n push r23\n push r24\n push r25\n"
      "push r26\n push r27\n push r30\n push r31\n"
      "call %x0\n"
      "pop r31\n pop r30\n pop r27\n pop r26\n"
      "pop r25\n pop r24\n pop r23\n pop r22\n pop r21\n pop r20\n pop r19\n pop r18\n"
      "ret" ::"i"(callee));
}
