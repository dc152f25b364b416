# The flags that every target shares, once.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(TBB REQUIRED)
find_package(tl-expected REQUIRED)
find_package(hwy REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)

add_library(orrery_options INTERFACE)
target_compile_features(orrery_options INTERFACE cxx_std_20)
target_include_directories(orrery_options INTERFACE ${CMAKE_SOURCE_DIR})
# No contraction: a trace must be the same whichever machine took it. Kernels that want a fused
# multiply-add ask for it by name.
# Options are for C++ alone: nvcc does not know them.
function(orrery_options)
    target_compile_options(orrery_options INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:${ARGN}>")
endfunction()
orrery_options(-Wall -Wextra -Wshadow -Wno-psabi -Wno-missing-field-initializers -ffp-contract=off)
# GCC 12 reports its own AVX-512 intrinsics as uninitialized wherever Eigen uses them (its bug 105593).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    orrery_options(-Wno-maybe-uninitialized)
endif()
# One alignment for Eigen in every translation unit, whatever its instruction set (a different one is an
# ODR violation).
target_compile_definitions(orrery_options INTERFACE EIGEN_MAX_ALIGN_BYTES=64)
# Highway 1.0 stops on a processor with AVX3_DL and AVX-VNNI (Zen 5): it takes that set for its baseline and forgets
# it among those to compile for. Without it AVX3 is the best, as on any other processor with AVX-512.
target_compile_definitions(orrery_options INTERFACE HWY_DISABLED_TARGETS=HWY_AVX3_DL)
if(ORRERY_NATIVE)
    orrery_options(-march=native)
else()
    orrery_options(-march=x86-64-v2)
endif()
if(ORRERY_SANITIZE)
    orrery_options(-fsanitize=${ORRERY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(orrery_options INTERFACE -fsanitize=${ORRERY_SANITIZE})
endif()
if(ORRERY_LIBFUZZER) # counts the branches that an input takes
    orrery_options(-fsanitize=fuzzer-no-link)
endif()
find_program(ORRERY_MOLD mold)
if(ORRERY_MOLD)
    target_link_options(orrery_options INTERFACE -fuse-ld=mold)
endif()

# ccache sees through precompiled headers only when told how, and finds a file of another checkout only when
# paths are relative to its top.
find_program(ORRERY_CCACHE ccache)
if(ORRERY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${ORRERY_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        orrery_options(-fpch-preprocess)
    endif()
endif()
