#include "claims.h"

int main(int count, char** words) { return tryClaims(count, words); }
